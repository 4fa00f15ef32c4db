package org.nn4j.tuning;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.nn4j.persistence.Checkpoint;

/** Place of the checkpoints of runs, by name. Thread-safe. */
interface RunStore extends AutoCloseable {
  /**
   * Returns a checkpoint; empty if there is none, or it is damaged and its run must be repeated.
   */
  Optional<Checkpoint> read(String name) throws IOException;

  void save(String name, Checkpoint checkpoint) throws IOException;

  /** Returns whether another process can read it, so that each epoch is worth saving. */
  boolean isOnDisk();

  @Override
  void close() throws IOException;

  /** Store in memory. */
  record InMemory(Map<String, Checkpoint> checkpoints) implements RunStore {
    InMemory() {
      this(new ConcurrentHashMap<>());
    }

    @Override
    public Optional<Checkpoint> read(String name) {
      return Optional.ofNullable(checkpoints.get(name));
    }

    @Override
    public void save(String name, Checkpoint checkpoint) {
      checkpoints.put(name, checkpoint);
    }

    @Override
    public boolean isOnDisk() {
      return false;
    }

    @Override
    public void close() {
      checkpoints.clear();
    }
  }
}
