/** Gradient checks of layers and losses, of the library and of users. */
@NullMarked
package org.nn4j.check;

import org.jspecify.annotations.NullMarked;
