package org.nn4j.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.nn4j.data.Dataset;
import org.nn4j.data.toy.ToySets;
import org.nn4j.loss.Losses;
import org.nn4j.model.Network;
import org.nn4j.optim.Optimizers;
import org.nn4j.train.Trainer;
import org.nn4j.tuning.Candidate;
import org.nn4j.tuning.Hyperparameter;
import org.nn4j.tuning.Search;
import org.nn4j.tuning.SearchResult;

class SearchReportTest {
  @Test
  void trialsAreATable() throws Exception {
    Dataset data = ToySets.xor();
    Hyperparameter<String> name = Hyperparameter.choice("<rule>", "a&b", "c");
    Hyperparameter<Double> rate = Hyperparameter.uniform("rate", 0.25, 0.75).when(name, "c");
    SearchResult result =
        Search.grid(1, name, rate)
            .run(
                trial ->
                    new Candidate(
                        Trainer.builder(Network.builder(2).dense(1).seed(1).build())
                            .loss(Losses.meanSquaredError())
                            .optimizer(Optimizers.sgd(0.1))
                            .epochs(2),
                        data,
                        data));
    Document page = Runs.parsed(Report.search("search", result.trials()));
    assertThat(page.select("table").get(0).select("thead th").eachText())
        .containsExactly("trial", "<rule>", "rate", "epochs", "score", "loss");
    List<String> first = Runs.row(page, "Last result of each trial", "1");
    assertThat(first).as("without a rate").hasSize(4).startsWith("a&b", "2");
    assertThat(first.get(2)).isEqualTo(first.get(3)).startsWith("0.");
    assertThat(Runs.row(page, "Last result of each trial", "2").get(1)).isEqualTo("0.5");
  }
}
