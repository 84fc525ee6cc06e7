/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/**
 * The verb {@code night}: the steps of several tables as one run, which goes on where it stopped.
 */
package io.sluice.pipelines.night;
