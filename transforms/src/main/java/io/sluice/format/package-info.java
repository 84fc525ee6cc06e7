/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/**
 * The contract of a format: how files are recognised, how a file becomes records, and how items
 * become a file.
 */
package io.sluice.format;
