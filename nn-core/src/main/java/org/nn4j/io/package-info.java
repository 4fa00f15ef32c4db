/**
 * Files: the safetensors format, settings as JSON, and writing that leaves a whole file or none.
 * Nothing here depends on networks.
 */
@NullMarked
package org.nn4j.io;

import org.jspecify.annotations.NullMarked;
