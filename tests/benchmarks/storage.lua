-- Building a tree of vectors.
local Random = require("random")
local Storage = { inner = 1000 }
Storage.__index = Storage

function Storage:build(depth, random)
    self.count = self.count + 1
    local v = {}
    if depth == 1 then
        for i = 1, random:next() % 10 + 1 do v[i] = false end
    else
        for i = 1, 4 do v[i] = self:build(depth - 1, random) end
    end
    return v
end

function Storage.run()
    local s = setmetatable({ count = 0 }, Storage)
    s:build(7, Random.new())
    return s.count
end

function Storage.verify(r) return r == 5461 end

return Storage
