/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** How far a night is, as a page for a browser. */
package io.sluice.pipelines.night.page;
