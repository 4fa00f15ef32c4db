package org.nn4j.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.nn4j.model.ModelInfo;
import org.nn4j.model.Network;
import org.nn4j.persistence.ModelFiles;

/** Classifiers of nn-core and nn-predict with the same file. */
record BothClassifiers(org.nn4j.estimator.Classifier core, Classifier own) {
  void requireSame(
      Function<org.nn4j.estimator.Classifier, org.nn4j.estimator.Prediction> inCore,
      Function<Classifier, Prediction> here) {
    assertSame(inCore.apply(core), here.apply(own));
  }

  void requireSame(Object row) {
    assertSame(core.predictAll(List.of(row)).get(0), own.predictAll(List.of(row)).get(0));
  }

  /** Both refuse a row, with one message. */
  String refusal(Object row) {
    return sameRefusal(() -> core.predictAll(List.of(row)), () -> own.predictAll(List.of(row)));
  }

  static void assertSame(org.nn4j.estimator.Prediction expected, Prediction found) {
    assertThat(found.label()).isEqualTo(expected.label());
    assertThat(found.probability()).isCloseTo(expected.probability(), within(1e-5));
    assertThat(found.probabilities().keySet().toString())
        .isEqualTo(expected.probabilities().keySet().toString());
    expected
        .probabilities()
        .forEach((name, p) -> assertThat(found.probability(name)).isCloseTo(p, within(1e-5)));
  }

  static String sameRefusal(ThrowingCallable inCore, ThrowingCallable here) {
    Throwable expected = org.assertj.core.api.Assertions.catchThrowable(inCore);
    Throwable found = org.assertj.core.api.Assertions.catchThrowable(here);
    assertThat(expected).isNotNull();
    assertThat(found).isNotNull().hasMessage(expected.getMessage());
    assertThat(found.getClass().getSimpleName()).isEqualTo(expected.getClass().getSimpleName());
    if (expected instanceof org.nn4j.data.feature.FeatureException feature) {
      assertThat(found)
          .isInstanceOfSatisfying(
              FeatureException.class,
              e ->
                  assertThat(List.of(e.feature(), e.expected(), e.found(), e.remedy()))
                      .containsExactly(
                          feature.feature(),
                          feature.expected(),
                          feature.found(),
                          feature.remedy()));
    }
    return found.getMessage();
  }

  static Path save(Path folder, Network network, ModelInfo info) throws IOException {
    network.setInfo(info);
    Path file = Files.createTempFile(folder, "model", ".safetensors");
    ModelFiles.save(network, file);
    return file;
  }

  static BothClassifiers of(Path folder, Network network, ModelInfo info) throws IOException {
    Path file = save(folder, network, info);
    return new BothClassifiers(org.nn4j.estimator.Classifier.load(file), Classifier.load(file));
  }
}
