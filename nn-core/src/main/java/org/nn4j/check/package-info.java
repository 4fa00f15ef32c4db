/** Gradient checking: a user's layer is checked exactly as the library's own are. */
@NullMarked
package org.nn4j.check;

import org.jspecify.annotations.NullMarked;
