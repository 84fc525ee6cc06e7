/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/**
 * Finds the records of changes in JSON text: alone or in envelopes, with or without anything
 * between them, whole or cut off.
 */
package io.sluice.change.json;
