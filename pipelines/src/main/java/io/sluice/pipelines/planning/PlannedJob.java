/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.planning;

import io.sluice.plan.JobPlan;

/**
 * The plan of a job, and what it depends on.
 *
 * @param state the inputs, the table and its capacity, as they were when the plan was made
 */
public record PlannedJob(JobPlan plan, JobState state) {}
