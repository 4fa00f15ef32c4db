package org.nn4j.estimator;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.nn4j.SeededRandom;

/** A CSV file of customers: numbers with gaps, categories, truth values. */
public final class ChurnFile {
  private static final String[] PLANS = {"basic", "family", "pro"};

  private ChurnFile() {}

  /**
   * Customers churn if they are young and on the basic plan, or pay much; 1 row of 10 lacks an age.
   */
  public static Path write(Path file, int rows, long seed) throws IOException {
    SeededRandom random = new SeededRandom(seed);
    StringBuilder text = new StringBuilder("age,plan,paid,online,churned\n");
    for (int i = 0; i < rows; i++) {
      int age = 18 + random.nextInt(60);
      int plan = random.nextInt(3);
      double paid = 10 + 90 * random.nextDouble();
      boolean online = random.nextInt(2) == 0;
      boolean churned = (age < 40 && plan == 0) || (paid > 80 && !online);
      text.append(
          String.format(
              Locale.ROOT,
              "%s,%s,%.2f,%s,%s%n",
              i % 10 == 9 ? "" : String.valueOf(age),
              PLANS[plan],
              paid,
              online ? "yes" : "no",
              churned ? "left" : "stayed"));
    }
    return Files.writeString(file, text);
  }
}
