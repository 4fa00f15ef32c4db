/** Serves saved models in plain Java: no dependency, no native code. */
module org.nn4j.predict {
  exports org.nn4j.predict;
}
