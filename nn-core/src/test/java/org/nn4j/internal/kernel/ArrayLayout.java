package org.nn4j.internal.kernel;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The ways an array may lie in memory. */
enum ArrayLayout {
  ROWS {
    @Override
    INDArray lay(INDArray x) {
      return x.dup('c');
    }
  },
  RANGE_OF_A_VECTOR {
    @Override
    INDArray lay(INDArray x) {
      INDArray vector = Nd4j.create(x.dataType(), x.length() + 13);
      return vector.get(interval(7, 7 + x.length())).reshape('c', x.shape()).assign(x);
    }
  },
  COLUMNS {
    @Override
    INDArray lay(INDArray x) {
      return x.dup('f');
    }
  },
  WITH_GAPS {
    @Override
    INDArray lay(INDArray x) {
      if (x.rank() == 1) {
        INDArray wide = Nd4j.create(x.dataType(), x.length(), 2);
        return wide.getColumn(1).assign(x);
      }
      if (x.rank() > 2) {
        return x.dup('f');
      }
      INDArray wide = Nd4j.create(x.dataType(), x.size(0), x.size(1) + 3);
      return wide.get(all(), interval(1, 1 + x.size(1))).assign(x);
    }
  };

  /** A copy that lies this way. */
  abstract INDArray lay(INDArray x);
}
