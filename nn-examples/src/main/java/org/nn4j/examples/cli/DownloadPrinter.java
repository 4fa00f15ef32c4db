package org.nn4j.examples.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.nn4j.mnist.DownloadListener;

/** Prints the progress of a download, in a terminal with a bar. */
public final class DownloadPrinter implements DownloadListener {
  private static final long MEGABYTE = 1_000_000;

  private final PrintWriter out;
  private final boolean terminal = Terminal.isWatched();
  private @Nullable ProgressBar bar;

  public DownloadPrinter(PrintWriter out) {
    this.out = out;
  }

  @Override
  public void onStart(URI source, long have, long size) {
    closeBar();
    out.println((have == 0 ? "fetching " : "resuming ") + source);
    out.flush();
    if (terminal) {
      bar =
          new ProgressBarBuilder()
              .setInitialMax(size)
              .startsFrom(have, Duration.ZERO)
              .setUnit(" MB", MEGABYTE)
              .setStyle(ProgressBarStyle.ASCII)
              .clearDisplayOnFinish()
              .build();
    }
  }

  @Override
  public void onProgress(long have) {
    if (bar != null) {
      bar.stepTo(have);
    }
  }

  @Override
  public void onFailure(URI source, IOException reason) {
    closeBar();
    out.println("failed: " + source + ": " + reason.getMessage());
    out.flush();
  }

  @Override
  public void onDone(Path file) {
    closeBar();
    out.println("verified " + file);
    out.flush();
  }

  private void closeBar() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
