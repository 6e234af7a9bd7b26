-- Tells a round's figures as one line of JSON; the request comes from the environment.
wrk.method = os.getenv("METHOD") or "GET"
local size = tonumber(os.getenv("BODY") or "0")
if size > 0 then
  wrk.body = string.rep("x", size)
end

done = function(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    'RESULT {"requests":%d,"micros":%d,"bytes":%d,"errors":%d,"p50":%d,"p99":%d}\n',
    summary.requests, summary.duration, summary.bytes,
    errors.connect + errors.read + errors.write + errors.status + errors.timeout,
    latency:percentile(50), latency:percentile(99)))
end
