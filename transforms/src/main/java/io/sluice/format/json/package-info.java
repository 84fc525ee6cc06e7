/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/**
 * JSON: lines, lists and documents, read and written. Change records are recognised and refused.
 */
package io.sluice.format.json;
