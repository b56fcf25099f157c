// The gateway: HTTP/1.1 with keep-alive, POST /tools/invoke (shared/spec/gateway.md A2, B1-B3, B7).
#pragma once

// - think: nanoseconds that a turn of the agent takes, one turn after another; 0 answers at once
// - bytes: the length of each answer, 0 for a short one
// Returns the port.
int gateway_listen(long think, long bytes);
