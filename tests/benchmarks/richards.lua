-- The kernel of an operating system, after Martin Richards: six tasks that send each
-- other packets. Kinds of tasks are classes that answer runWith differently.
local xor = require("bits").xor
local Richards = { inner = 50 }

local Packet = {}
Packet.__index = Packet

function Packet.new(next, identity, kind)
    return setmetatable({ next = next, identity = identity, kind = kind, datum = 0, data = { 0, 0, 0, 0 } }, Packet)
end

function Packet:appendTo(queue)
    self.next = nil
    if not queue then return self end
    local last = queue
    while last.next do last = last.next end
    last.next = self
    return queue
end

local Task = {}
Task.__index = Task

local function taskKind()
    local kind = setmetatable({}, Task)
    kind.__index = kind
    return kind
end

function Task.new(kind, identity, priority, queue, scheduler)
    return setmetatable({
        identity = identity, priority = priority, queue = queue, scheduler = scheduler,
        pending = false, waiting = false, holding = false,
    }, kind)
end

function Task:marks(pending, waiting, holding)
    self.pending, self.waiting, self.holding = pending, waiting, holding
end

function Task:isBlocked() return self.holding or (not self.pending and self.waiting) end

function Task:isWaitingWithPacket() return self.pending and self.waiting and not self.holding end

function Task:step()
    local packet
    if self:isWaitingWithPacket() then
        packet = self.queue
        self.queue = packet.next
        self:marks(self.queue ~= nil, false, false)
    end
    return self:runWith(packet)
end

function Task:accept(packet, current)
    if not self.queue then
        self.queue = packet
        self.pending = true
        if self.priority > current.priority then return self end
    else
        packet:appendTo(self.queue)
    end
    return current
end

local Idle, Worker, Handler, Device = taskKind(), taskKind(), taskKind(), taskKind()
Idle.control, Idle.count = 1, 10000
Worker.destination, Worker.count = 2, 0

function Idle:runWith()
    self.count = self.count - 1
    if self.count == 0 then return self.scheduler:holdSelf() end
    if self.control % 2 == 0 then
        self.control = self.control / 2
        return self.scheduler:release(4)
    end
    self.control = xor((self.control - 1) / 2, 53256)
    return self.scheduler:release(5)
end

function Worker:runWith(packet)
    if not packet then return self.scheduler:wait() end
    self.destination = self.destination == 2 and 3 or 2
    packet.identity = self.destination
    packet.datum = 0
    for i = 1, 4 do
        self.count = self.count + 1
        if self.count > 26 then self.count = 1 end
        packet.data[i] = 64 + self.count
    end
    return self.scheduler:send(packet)
end

function Handler:runWith(packet)
    if packet then
        if packet.kind == 1 then
            self.workIn = packet:appendTo(self.workIn)
        else
            self.deviceIn = packet:appendTo(self.deviceIn)
        end
    end
    local work = self.workIn
    if not work then return self.scheduler:wait() end
    local count = work.datum
    if count >= 4 then
        self.workIn = work.next
        return self.scheduler:send(work)
    end
    local device = self.deviceIn
    if not device then return self.scheduler:wait() end
    self.deviceIn = device.next
    device.datum = work.data[count + 1]
    work.datum = count + 1
    return self.scheduler:send(device)
end

function Device:runWith(packet)
    if packet then
        self.packetInWork = packet
        return self.scheduler:holdSelf()
    end
    local done = self.packetInWork
    if not done then return self.scheduler:wait() end
    self.packetInWork = nil
    return self.scheduler:send(done)
end

local Scheduler = {}
Scheduler.__index = Scheduler

function Scheduler:add(task)
    task.next = self.tasks
    self.tasks = task
    self.table[task.identity] = task
    return task
end

local function packets(n, identity, kind)
    local queue
    for _ = 1, n do queue = Packet.new(queue, identity, kind) end
    return queue
end

function Scheduler.build()
    local s = setmetatable({ table = {}, currentIdentity = 0, queueCount = 0, holdCount = 0 }, Scheduler)
    s:add(Idle:new(0, 0, nil, s))
    s:add(Worker:new(1, 1000, packets(2, 1, 1), s)):marks(true, true, false)
    s:add(Handler:new(2, 2000, packets(3, 4, 0), s)):marks(true, true, false)
    s:add(Handler:new(3, 3000, packets(3, 5, 0), s)):marks(true, true, false)
    s:add(Device:new(4, 4000, nil, s)):marks(false, true, false)
    s:add(Device:new(5, 5000, nil, s)):marks(false, true, false)
    return s
end

function Scheduler:run()
    self.current = self.tasks
    while self.current do
        if self.current:isBlocked() then
            self.current = self.current.next
        else
            self.currentIdentity = self.current.identity
            self.current = self.current:step()
        end
    end
    return self
end

function Scheduler:wait()
    self.current.waiting = true
    return self.current
end

function Scheduler:holdSelf()
    self.holdCount = self.holdCount + 1
    self.current.holding = true
    return self.current.next
end

function Scheduler:release(identity)
    local t = self.table[identity]
    t.holding = false
    if t.priority > self.current.priority then return t end
    return self.current
end

function Scheduler:send(packet)
    local t = self.table[packet.identity]
    self.queueCount = self.queueCount + 1
    packet.next = nil
    packet.identity = self.currentIdentity
    return t:accept(packet, self.current)
end

function Richards.run() return Scheduler.build():run() end

function Richards.verify(s) return s.queueCount == 23246 and s.holdCount == 9297 end

return Richards
