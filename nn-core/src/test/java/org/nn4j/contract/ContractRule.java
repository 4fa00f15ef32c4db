package org.nn4j.contract;

/** Rule of a contract. */
final class ContractRule {
  private ContractRule() {}

  /**
   * Checks a rule.
   *
   * @param who the object under test, for the message
   * @param rule what it must do
   * @param check fails if it does not
   */
  static void check(Object who, String rule, Runnable check) {
    try {
      check.run();
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(who + ": expected that " + rule + "; " + e.getMessage(), e);
    }
  }
}
