/** What the main classes share: options, data, output and exit codes. */
@NullMarked
package org.nn4j.examples.cli;

import org.jspecify.annotations.NullMarked;
