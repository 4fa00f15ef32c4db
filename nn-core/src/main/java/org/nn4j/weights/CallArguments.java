package org.nn4j.weights;

import java.util.ArrayList;
import java.util.List;
import org.nn4j.io.ModelFormatException;

/** Arguments of a call in a pickle, checked one by one. */
final class CallArguments {
  private final Pickle machine;
  private final List<Object> items;

  CallArguments(Pickle machine, Object tuple) throws ModelFormatException {
    this.machine = machine;
    this.items = machine.cast(tuple, Pickle.Tuple.class).items();
  }

  int count() {
    return items.size();
  }

  <T> T get(int i, Class<T> type) throws ModelFormatException {
    machine.require(i < items.size(), "argument " + i, items.size() + " arguments");
    return machine.cast(items.get(i), type);
  }

  /** Returns an argument that is an integer of 0 or more. */
  long size(int i) throws ModelFormatException {
    return size(get(i, Long.class));
  }

  /** Returns an argument that is a tuple of integers of 0 or more. */
  List<Long> sizes(int i) throws ModelFormatException {
    List<Long> sizes = new ArrayList<>();
    for (Object item : get(i, Pickle.Tuple.class).items()) {
      sizes.add(size(machine.cast(item, Long.class)));
    }
    return List.copyOf(sizes);
  }

  private long size(long size) throws ModelFormatException {
    machine.require(size >= 0, "integers of 0 or more", "" + size);
    return size;
  }

  ModelFormatException wrong(String expected, String found) {
    return machine.wrong(expected, found);
  }
}
