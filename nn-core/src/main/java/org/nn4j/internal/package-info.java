/**
 * Code that several packages share and that is public for the compiler alone: not part of the API.
 */
@NullMarked
package org.nn4j.internal;

import org.jspecify.annotations.NullMarked;
