/** Random augmentation of images: shift, rotation, zoom and elastic distortion. */
@NullMarked
package org.nn4j.data.image;

import org.jspecify.annotations.NullMarked;
