/** Initial values of parameters; {@link org.nn4j.init.Initializers} makes them. */
@NullMarked
package org.nn4j.init;

import org.jspecify.annotations.NullMarked;
