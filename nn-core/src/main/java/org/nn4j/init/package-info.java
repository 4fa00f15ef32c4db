/** Initial values of parameters; created by {@link org.nn4j.init.Initializers}. */
@NullMarked
package org.nn4j.init;

import org.jspecify.annotations.NullMarked;
