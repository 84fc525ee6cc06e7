/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.night.ledger;

/**
 * Identifies a step of a night.
 *
 * @param number within its table, from 1 on
 */
public record StepKey(String table, int number) {}
