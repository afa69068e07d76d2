-- Dictionaries: numbers and strings as keys, put, looked up, present and absent, removed.
local Dictionary = { inner = 20 }

function Dictionary.run()
    local d, sum, names = {}, 0, {}
    for i = 0, 1999 do d[i * 7] = i end
    for i = 0, 13999 do sum = sum + (d[i] or 0) end
    for i = 0, 999 do d[i * 14] = nil end
    for _ in pairs(d) do sum = sum + 1 end
    for i = 0, 499 do names[i + 1] = "key" .. tostring(i) end
    d = {}
    for _ = 1, 10 do
        for i = 1, #names do d[names[i]] = (d[names[i]] or 0) + 1 end
    end
    for _, count in pairs(d) do sum = sum + count end
    return sum
end

function Dictionary.verify(r) return r == 2005000 end

return Dictionary
