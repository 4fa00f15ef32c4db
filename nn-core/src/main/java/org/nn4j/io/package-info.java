/**
 * Files: the safetensors format, settings as JSON, and checks of file access. Independent of
 * networks.
 */
@NullMarked
package org.nn4j.io;

import org.jspecify.annotations.NullMarked;
