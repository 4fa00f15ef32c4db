/**
 * Contracts that any layer, activation, loss or optimizer can be put through in one line of a test;
 * published as the artifact {@code nn-core} with the classifier {@code tests}. They need AssertJ
 * among the test dependencies, and no particular test framework.
 */
@NullMarked
package org.nn4j.contract;

import org.jspecify.annotations.NullMarked;
