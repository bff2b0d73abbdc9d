-- Sends the forms of a file, one a line and each once, every one from a network of its own.
-- FORMS names the file, FIRST how many of its lines were sent before, COOKIE what goes with each.

local forms, sent = {}, tonumber(os.getenv("FIRST"))
local headers = {
  ["Content-Type"] = "application/x-www-form-urlencoded",
  ["Cookie"] = os.getenv("COOKIE"),
}

function init(arguments)
  for line in io.lines(os.getenv("FORMS")) do
    forms[#forms + 1] = line
  end
end

function request()
  sent = sent + 1
  headers["X-Forwarded-For"] = string.format("10.%d.%d.1", math.floor(sent / 256), sent % 256)
  return wrk.format("POST", nil, headers, assert(forms[sent], "There are no more forms."))
end
