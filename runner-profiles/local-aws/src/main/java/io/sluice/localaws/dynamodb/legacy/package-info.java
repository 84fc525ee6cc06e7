/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/**
 * Reads the parameters that expressions have replaced, and makes of them what expressions are made
 * of.
 */
package io.sluice.localaws.dynamodb.legacy;
