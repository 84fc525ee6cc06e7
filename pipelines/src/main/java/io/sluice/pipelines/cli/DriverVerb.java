/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
package io.sluice.pipelines.cli;

import org.apache.beam.sdk.options.PipelineOptions;

/**
 * A verb that runs on one machine, such as a query, or that starts jobs from there. The jars for
 * clusters have none of these: their classes and the service file of this interface are left out.
 *
 * @param <O> its options
 */
public interface DriverVerb<O extends PipelineOptions> extends Verb<O> {}
