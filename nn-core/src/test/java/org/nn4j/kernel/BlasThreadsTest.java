package org.nn4j.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_get_num_threads;
import static org.bytedeco.openblas.global.openblas_nolapack.blas_set_num_threads;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class BlasThreadsTest {
  private final int before = blas_get_num_threads();

  @BeforeEach
  void twoThreads() {
    Nd4j.create(1); // ND4J sets the number when it starts
    blas_set_num_threads(2);
  }

  @AfterEach
  void putBack() {
    blas_set_num_threads(before);
  }

  private static double threadsDuring(long multiplications) {
    return BlasThreads.during(multiplications, () -> blas_get_num_threads());
  }

  @Test
  void smallProductsHaveOneThreadAndTheNumberIsPutBack() {
    assertThat(threadsDuring(10 * 784 * 40)).isEqualTo(1);
    assertThat(blas_get_num_threads()).isEqualTo(2);
  }

  @Test
  void largeProductsHaveThemAll() {
    assertThat(threadsDuring(256L * 784 * 1024)).isEqualTo(2);
    assertThat(blas_get_num_threads()).isEqualTo(2);
  }

  @Test
  void theNumberIsPutBackAfterAnError() {
    assertThatThrownBy(
            () ->
                BlasThreads.during(
                    1,
                    () -> {
                      throw new IllegalStateException("stop");
                    }))
        .hasMessage("stop");
    assertThat(blas_get_num_threads()).isEqualTo(2);
  }
}
