/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.planning;

import org.checkerframework.checker.nullness.qual.Nullable;

/**
 * How plans are made.
 *
 * @param sampleUnits how many read units a sample of a table may take; 0 for no sample
 * @param runnerHour dollars for an hour of what runs the job; null if that is not counted
 */
public record PlanSettings(double sampleUnits, @Nullable Double runnerHour) {}
