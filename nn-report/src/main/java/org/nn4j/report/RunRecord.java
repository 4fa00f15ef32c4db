package org.nn4j.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.nn4j.model.Network;
import org.nn4j.train.EpochResult;
import org.nn4j.train.StopReason;

/**
 * Data of a run for its report.
 *
 * @param network the network as it is now
 * @param epochs first to last
 * @param ending why training stopped; empty while it runs
 * @param settings the settings of the trainer by name; empty if unknown
 * @param layers the statistics of the layers; empty if unknown
 */
record RunRecord(
    Network network,
    List<EpochResult> epochs,
    Optional<StopReason> ending,
    Map<String, String> settings,
    List<LayerFigures> layers) {}
