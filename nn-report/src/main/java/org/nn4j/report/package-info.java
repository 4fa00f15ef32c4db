/** Reports of training runs as HTML pages, and single charts as pictures. */
@NullMarked
package org.nn4j.report;

import org.jspecify.annotations.NullMarked;
