/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** What is counted, the gate that judges it, and the report. */
package io.sluice.report;
