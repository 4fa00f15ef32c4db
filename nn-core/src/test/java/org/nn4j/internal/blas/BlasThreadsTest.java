package org.nn4j.internal.blas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_get_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;
import static org.nd4j.linalg.api.buffer.DataType.DOUBLE;
import static org.nd4j.linalg.api.buffer.DataType.FLOAT;

import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class BlasThreadsTest {
  private static final long SMALL = 10 * 784 * 40;
  private static final long LARGE = 256L * 784 * 1024;

  private final int before = blas_get_num_threads();

  @BeforeEach
  void twoThreads() {
    Nd4j.create(1); // ND4J sets the number when it starts
    blas_set_num_threads(2);
    assumeThat(inOpenBlas()).as("threads of OpenBLAS").isEqualTo(2); // not on one processor
  }

  @AfterEach
  void putBack() {
    blas_set_num_threads(before);
  }

  /**
   * The number in OpenBLAS itself; JavaCPP's getter returns the last argument of its own setter.
   */
  private static int inOpenBlas() {
    Pointer number = Loader.addressof("blas_cpu_number");
    return number == null ? 0 : new IntPointer(number).get();
  }

  @Test
  void smallProductsHaveOneThreadAndTheNumberIsRestored() {
    BlasThreads.Scope scope = BlasThreads.forProducts(DOUBLE, SMALL);
    assertThat(inOpenBlas()).isEqualTo(1);
    scope.close();
    assertThat(inOpenBlas()).isEqualTo(2);
  }

  @Test
  void largeProductsHaveThemAll() {
    BlasThreads.Scope scope = BlasThreads.forProducts(DOUBLE, LARGE);
    assertThat(inOpenBlas()).isEqualTo(2);
    scope.close();
    assertThat(inOpenBlas()).isEqualTo(2);
  }

  @Test
  void theNumberIsLeftAloneWhereOneDnnComputesTheProducts() {
    BlasThreads.Scope scope = BlasThreads.forProducts(FLOAT, SMALL);
    assertThat(inOpenBlas()).isEqualTo(Native.OF_FLOATS.hasThreads() ? 1 : 2);
    scope.close();
    assertThat(inOpenBlas()).isEqualTo(2);
  }

  @Test
  void theLastOfSeveralScopesRestoresTheNumberInWhateverOrderTheyEnd() {
    BlasThreads.Scope first = BlasThreads.forProducts(DOUBLE, SMALL);
    BlasThreads.Scope second = BlasThreads.forProducts(DOUBLE, SMALL);
    first.close();
    assertThat(inOpenBlas()).isEqualTo(1);
    second.close();
    assertThat(inOpenBlas()).isEqualTo(2);
  }
}
