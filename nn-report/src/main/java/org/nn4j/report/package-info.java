/**
 * Reports of training runs as HTML pages, single charts as pictures, and event files of
 * TensorBoard.
 */
@NullMarked
package org.nn4j.report;

import org.jspecify.annotations.NullMarked;
