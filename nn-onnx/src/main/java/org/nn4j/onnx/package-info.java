/** ONNX files: export of networks and estimators, import of feed-forward graphs. */
@NullMarked
package org.nn4j.onnx;

import org.jspecify.annotations.NullMarked;
