/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.plan;

/**
 * A way to do a job, beside others.
 *
 * @param how by options, as a person types them
 * @param seconds that it takes
 * @param dollars that it costs
 */
public record Alternative(String how, Estimate seconds, Estimate dollars) {}
