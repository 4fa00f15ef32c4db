/** Images that are shifted, turned, enlarged and distorted at random while a network is trained. */
@NullMarked
package org.nn4j.data.image;

import org.jspecify.annotations.NullMarked;
