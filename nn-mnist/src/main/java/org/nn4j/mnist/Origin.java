package org.nn4j.mnist;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where the files of a set come from.
 *
 * @param mirrors the folders on the network that offer them, in the order in which they are asked
 * @param archive the ZIP file that holds them there, or null if they stand there one by one
 * @param archiveFolder what precedes their names in the archive
 */
record Origin(List<URI> mirrors, @Nullable RemoteFile archive, String archiveFolder) {
  static Origin of(String... mirrors) {
    return new Origin(Stream.of(mirrors).map(URI::create).toList(), null, "");
  }

  Origin inArchive(RemoteFile zip, String zipFolder) {
    return new Origin(mirrors, zip, zipFolder);
  }
}
