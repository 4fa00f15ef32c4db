package org.nn4j.mnist;

import java.io.IOException;

/** The files of a set on this machine, in whatever form they were found. */
interface SetFiles {
  /** Reads and checks them. */
  LabeledImages load() throws IOException;
}
