/** Event files of TensorBoard. */
@NullMarked
package org.nn4j.report.tensorboard;

import org.jspecify.annotations.NullMarked;
