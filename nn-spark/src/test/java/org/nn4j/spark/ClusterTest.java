package org.nn4j.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(Cluster.class)
class ClusterTest {
  @Test
  void tasksRunInProcessesOfTheirOwn() {
    List<Long> processes =
        Cluster.context()
            .parallelize(List.of(1, 2, 3, 4), 4)
            .map(i -> ProcessHandle.current().pid())
            .distinct()
            .collect();

    assertThat(processes).isNotEmpty().doesNotContain(ProcessHandle.current().pid());
  }
}
