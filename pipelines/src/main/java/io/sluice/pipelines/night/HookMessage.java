/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night;

import io.sluice.pipelines.night.ledger.LedgerEvent;
import io.sluice.pipelines.night.ledger.RunHeader;
import java.util.List;

/**
 * What hooks are told, as JSON.
 *
 * @param state SUCCEEDED or FAILED
 * @param run the run
 * @param ledger the folder of the run, with the reports of steps and what they printed
 * @param failed the tables that are not done
 * @param events all that happened
 */
record HookMessage(
    String state, RunHeader run, String ledger, List<String> failed, List<LedgerEvent> events) {
  static final String SUCCEEDED = "SUCCEEDED";
  static final String FAILED = "FAILED";
}
