package org.nn4j.examples;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.nn4j.SeededRandom;

/**
 * Generated customers of a telephone company in CSV files: numbers, categories and booleans, some
 * of them missing, and whether the customer left.
 *
 * <pre>
 * customer,age,plan,city,spend,autopay,calls,churned
 * C1001,58,family,Milan,44.85,no,1,stayed
 * </pre>
 */
final class Customers {
  /** The column of the label. */
  static final String LABEL = "churned";

  private static final String HEADER = "customer,age,plan,city,spend,autopay,calls";
  private static final List<String> PLANS = List.of("basic", "family", "business");
  private static final List<String> CITIES = List.of("Milan", "Naples", "Rome", "Turin");

  /** Effect of each plan on the score of leaving, in the order of {@link #PLANS}. */
  private static final double[] PLAN_SCORES = {2, -1, -2};

  private Customers() {}

  /** Writes customers with the label. */
  static Path write(Path file, int rows, long seed) throws IOException {
    return write(file, rows, seed, true);
  }

  /** Writes customers without the label, as in production. */
  static Path writeUnlabeled(Path file, int rows, long seed) throws IOException {
    return write(file, rows, seed, false);
  }

  private static Path write(Path file, int rows, long seed, boolean labeled) throws IOException {
    SeededRandom random = new SeededRandom(seed);
    List<String> lines = new ArrayList<>();
    lines.add(HEADER + (labeled ? "," + LABEL : ""));
    for (int i = 0; i < rows; i++) {
      lines.add(line(1001 + i, random, labeled));
    }
    return Files.write(file, lines);
  }

  private static String line(int number, SeededRandom random, boolean labeled) {
    int age = 18 + random.nextInt(60);
    int plan = random.nextInt(PLANS.size());
    String city = CITIES.get(random.nextInt(CITIES.size()));
    double spend = 10 + 90 * random.nextDouble();
    boolean autopay = random.nextInt(2) == 0;
    int calls = random.nextInt(6);
    double score =
        PLAN_SCORES[plan]
            + (calls - 2.5)
            + (autopay ? -1 : 1)
            + (spend - 55) / 30
            - (age - 48) / 20.0
            + 0.7 * random.nextGaussian();
    return String.format(
        Locale.ROOT,
        "C%d,%s,%s,%s,%s,%s,%d%s",
        number,
        random.nextInt(20) == 0 ? "" : age,
        PLANS.get(plan),
        city,
        random.nextInt(10) == 0 ? "NA" : String.format(Locale.ROOT, "%.2f", spend),
        autopay ? "yes" : "no",
        calls,
        labeled ? (score > 0 ? ",left" : ",stayed") : "");
  }
}
