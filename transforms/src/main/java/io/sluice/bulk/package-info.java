/*
 * Copyright the Sluice authors.
 *
 * Licensed under the Apache License, Version 2.0: see the file LICENSE at the root of this project.
 */
/**
 * Has DynamoDB itself load items from files in S3: stages them, starts and watches the operation,
 * and makes rejections of what it refused.
 */
package io.sluice.bulk;
