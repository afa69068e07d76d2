-- Text: numbers are printed and joined, words are found, compared and changed byte by byte.
local Strings = { inner = 20 }

local function split(text, separator)
    local pieces, start = {}, 1
    while true do
        local i, j = text:find(separator, start, true)
        if not i then break end
        pieces[#pieces + 1] = text:sub(start, i - 1)
        start = j + 1
    end
    pieces[#pieces + 1] = text:sub(start)
    return pieces
end

local function reverse(s)
    local bytes, n = {}, #s
    for i = 1, n do bytes[n + 1 - i] = string.char(s:byte(i)) end
    return table.concat(bytes)
end

local function joined(n)
    local s = ""
    for _ = 1, n do s = s .. "ab" end
    return s
end

function Strings.run()
    local out, spaces, sum = {}, 0, 0
    for i = 0, 1999 do
        out[#out + 1] = "item "
        out[#out + 1] = tostring(i)
        out[#out + 1] = " "
    end
    local text = table.concat(out)
    for i = 1, #text do
        if text:byte(i) == 32 then spaces = spaces + 1 end
    end
    local words = split(text, " ")
    for i = 1, #words do
        if words[i] == "item" then sum = sum + 1 end
    end
    return spaces + sum + #reverse(text) + #joined(200)
end

function Strings.verify(r) return r == 25290 end

return Strings
