/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/** Checks the signatures of requests: AWS Signature Version 4 in the header Authorization. */
package io.sluice.localaws.dynamodb.signature;
