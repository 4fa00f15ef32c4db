package org.nn4j.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.nn4j.data.Dataset;
import org.nn4j.data.toy.ToySets;

class FoldsTest {
  private static Dataset rows(int... classes) {
    double[][] inputs = new double[classes.length][1];
    return Dataset.ofLabels(inputs, classes, 3);
  }

  /** Each row is validated once in each repetition, and trained on in all other folds. */
  private static void assertPartition(List<Fold> folds, int rows) {
    int[] all =
        folds.stream().flatMapToInt(f -> Arrays.stream(f.validationRows())).sorted().toArray();
    assertThat(all).isEqualTo(IntStream.range(0, rows).toArray());
    for (Fold fold : folds) {
      int[] both =
          IntStream.concat(Arrays.stream(fold.trainingRows()), Arrays.stream(fold.validationRows()))
              .sorted()
              .toArray();
      assertThat(both).isEqualTo(all);
      assertThat(fold.training().size()).isEqualTo(fold.trainingRows().length);
    }
  }

  @Test
  void eachRowIsValidatedOnce() {
    Dataset data = rows(new int[11]);
    List<Fold> folds = Folds.of(4).split(data, 1);
    assertPartition(folds, 11);
    assertThat(folds.stream().map(fold -> fold.validation().size())).containsExactly(3, 3, 3, 2);
    assertThat(folds.get(0)).hasToString("fold 1 (8 and 3 rows)");
    assertThat(Folds.of(4).split(data, 1).get(2).validationRows())
        .isEqualTo(folds.get(2).validationRows());
    assertThat(Folds.of(4).split(data, 2).get(0).validationRows())
        .isNotEqualTo(folds.get(0).validationRows());
    List<Fold> twice = Folds.of(4).repeated(2).split(data, 1);
    assertThat(twice).hasSize(8);
    assertPartition(twice.subList(0, 4), 11);
    assertPartition(twice.subList(4, 8), 11);
    assertThat(twice.get(0).validationRows()).isEqualTo(folds.get(0).validationRows());
    assertThat(twice.get(4).validationRows()).isNotEqualTo(folds.get(0).validationRows());
    assertThat(twice.stream().map(Fold::seed).distinct()).hasSize(8);
    assertPartition(Folds.of(11).split(data, 1), 11);
  }

  @Test
  void classesAreSpreadEvenly() {
    int[] classes = IntStream.range(0, 50).map(i -> i < 6 ? 0 : i < 17 ? 1 : 2).toArray();
    List<Fold> folds = Folds.stratified(3).split(rows(classes), 5);
    assertPartition(folds, 50);
    for (Fold fold : folds) {
      int[] counts = new int[3];
      Arrays.stream(fold.validationRows()).forEach(row -> counts[classes[row]]++);
      assertThat(counts[0]).isEqualTo(2);
      assertThat(counts[1]).isBetween(3, 4);
      assertThat(counts[2]).isEqualTo(11);
      assertThat(fold.validation().size()).isBetween(16, 17);
    }
  }

  @Test
  void groupsStayTogether() {
    int[] groups = {7, 7, 7, 7, 7, 7, 1, 1, -2, 3, 3, 9};
    List<Fold> folds = Folds.grouped(3, groups).split(rows(new int[12]), 1);
    assertPartition(folds, 12);
    for (Fold fold : folds) {
      List<Integer> held =
          Arrays.stream(fold.validationRows()).mapToObj(row -> groups[row]).toList();
      assertThat(Arrays.stream(fold.trainingRows()).mapToObj(row -> groups[row]))
          .doesNotContainAnyElementsOf(held);
    }
    assertThat(folds.stream().map(fold -> fold.validation().size()))
        .as("the largest group alone, though it is half of the rows")
        .containsExactly(6, 3, 3);
  }

  @Test
  void aTimeSeriesTrainsOnThePast() {
    List<Fold> folds = Folds.timeSeries(3).split(rows(new int[10]), 1);
    assertThat(folds.get(0).trainingRows()).containsExactly(0, 1, 2, 3);
    assertThat(folds.get(0).validationRows()).containsExactly(4, 5);
    assertThat(folds.get(1).validationRows()).containsExactly(6, 7);
    assertThat(folds.get(2).trainingRows()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    assertThat(folds.get(2).validationRows()).containsExactly(8, 9);
  }

  private static void assertRefused(Folds folds, Dataset data, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> folds.split(data, 1))
        .withMessage(message);
  }

  @Test
  void whatCannotBeDividedIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Folds.of(1))
        .withMessageStartingWith("Folds: expected 2 or more folds, found 1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Folds.timeSeries(3).repeated(2))
        .withMessage(
            "Folds: expected random folds, to be repeated, found a time series;"
                + " omit repeated(...)");
    Dataset data = rows(0, 0, 0, 1, 1, 1);
    assertRefused(
        Folds.of(7),
        data,
        "Folds: expected 7 or more rows for 7 folds, found 6; take fewer folds or more rows");
    assertRefused(
        Folds.timeSeries(6),
        data,
        "Folds: expected 7 or more rows for 6 folds of a time series, found 6; take fewer folds or"
            + " more rows");
    assertRefused(
        Folds.stratified(3),
        rows(0, 0, 0, 0, 2, 2),
        "Folds: expected 3 or more rows of each class for 3 stratified folds, found 2 of class 2;"
            + " take fewer folds, or Folds.of(3)");
    assertRefused(
        Folds.stratified(2),
        ToySets.linear(6, 1, 0.1, 1).data(),
        "Folds: expected targets with one class each for stratified folds, found a target with no"
            + " class or several at index 0; use Folds.of(k)");
    assertRefused(
        Folds.grouped(2, 1, 2),
        data,
        "Folds: expected a group for each of 6 rows, found 2; pass one for each row");
    assertRefused(
        Folds.grouped(3, 1, 1, 1, 2, 2, 2),
        data,
        "Folds: expected 3 or more groups for 3 folds of groups, found 2; take fewer folds");
    assertThat(Folds.grouped(2, 1, 2).identity()).isNotEqualTo(Folds.grouped(2, 1, 3).identity());
    assertThat(Folds.stratified(5).repeated(3)).hasToString("5 stratified folds, 3 times");
  }
}
