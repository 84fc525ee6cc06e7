/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/**
 * The report of a job as a page for a browser, and what such pages have in common: one HTML file
 * that loads nothing and runs nothing.
 */
package io.sluice.report.page;
