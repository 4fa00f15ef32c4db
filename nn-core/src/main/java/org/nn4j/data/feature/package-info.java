/** Features: raw columns of numbers, booleans and categories, and their encoding as inputs. */
@NullMarked
package org.nn4j.data.feature;

import org.jspecify.annotations.NullMarked;
