(() => {
  const MOST_SIDE = 1280;
  const QUALITY = 0.85;
  // More pictures on the way would only make the answers older: what cannot be sent now is left out, and a newer one goes next.
  const MOST_ON_THE_WAY = 2;
  const LEAST_BETWEEN_MS = 33;
  const PATIENCE_MS = 10000;
  const LONGEST_PAUSE_MS = 5000;
  const CLOSED_TAKEN_OVER = 4001;
  const CLOSED_TOO_LONG = 1009;
  // A page that is loaded again while it was sending goes on by itself.
  const KEPT_ON = 'socksort-phone-on';
  const KEPT_CAMERA = 'socksort-phone-camera';
  const TROUBLES = {
    insecure: ['The browser gives the camera only to pages over https.',
      'Open this address with https:// in front of it. On this machine itself http://localhost does, too.'],
    old: ['This browser gives no page a camera.', 'Update it, or take another one: Chrome, Firefox or Safari.'],
    NotAllowedError: ['The browser may not use the camera.',
      'Allow it for this page: tap the lock or the settings sign beside the address, then Camera, then Allow. Some phones also ask in '
        + 'their own settings whether the browser may use the camera. Then press Start again.'],
    NotFoundError: ['This device has no camera.', 'Plug one in, or open this page on a phone.'],
    NotReadableError: ['The camera does not start.', 'Another program may hold it: close that one, then press Start again.'],
    locked: ['The password has changed.', 'Load this page again and give the new one.'],
    barred: ['Too many wrong passwords have come from here.', 'It is tried again in a minute.'],
    none: ['This camera of SockSort is no phone any more.', 'Start SockSort with --camera browser again.'],
    line: ['Pages come, but the line for pictures does not open.',
      'Some browsers (Safari) refuse it where they do not trust the certificate: install it on the phone, or give SockSort one of your own.'],
    taken: ['Another phone has taken over.', 'One phone at a time is the camera: the one that came last. Press Start to use this one.'],
    long: ['SockSort refused a picture as too large.', 'Press Start to try again.'],
  };

  const at = id => document.getElementById(id);
  const video = at('video');
  const canvas = document.createElement('canvas');
  let stream = null;
  let socket = null;
  let isWanted = false;
  let isEncoding = false;
  let failures = 0;
  let fps = 4;
  let nextAt = 0;
  let onTheWay = [];
  let sent = 0;
  let sentAt = [];
  let screenLock = null;

  const pause = ms => new Promise(resolve => setTimeout(resolve, ms));

  // Text that does not change is left alone, or a screen reader would read it again.
  function say(id, text) {
    if (at(id).textContent !== text) at(id).textContent = text;
  }

  function showState(state, notice) {
    at('state').dataset.state = state;
    say('state-text', state);
    at('notice').hidden = !notice;
    say('notice', notice || '');
    at('start').hidden = isWanted;
    at('stop').hidden = !isWanted;
  }

  function showTrouble(texts) {
    at('trouble').hidden = !texts;
    at('trouble').replaceChildren();
    if (!texts) return;
    const what = document.createElement('strong');
    what.textContent = texts[0];
    at('trouble').append(what, texts[1]);
  }

  async function start() {
    isWanted = true;
    failures = 0;
    sessionStorage.setItem(KEPT_ON, '1');
    showTrouble(null);
    showState('asking', 'Asking for the camera …');
    if (!await openCamera()) return;
    keepAwake();
    if (!socket) connect();
  }

  function stop(state, texts) {
    isWanted = false;
    sessionStorage.removeItem(KEPT_ON);
    closeCamera();
    if (socket) socket.close();
    socket = null;
    if (screenLock) screenLock.release().catch(() => {});
    screenLock = null;
    showTrouble(texts);
    showState(state, state === 'off' ? 'The camera is off' : '');
  }

  function closeCamera() {
    if (stream) stream.getTracks().forEach(track => track.stop());
    stream = null;
    video.srcObject = null;
    video.classList.add('gone');
  }

  async function openCamera() {
    if (!window.isSecureContext) return refuse(TROUBLES.insecure);
    if (!navigator.mediaDevices || !navigator.mediaDevices.getUserMedia) return refuse(TROUBLES.old);
    closeCamera();
    try {
      stream = await takeCamera(localStorage.getItem(KEPT_CAMERA));
    } catch (error) {
      return refuse(TROUBLES[error.name] || ['The camera does not start.', error.message || error.name]);
    }
    if (!isWanted) {
      closeCamera();
      return false;
    }
    const track = stream.getVideoTracks()[0];
    track.addEventListener('ended', () => { if (isWanted && stream && stream.getVideoTracks()[0] === track) openCamera(); });
    video.srcObject = stream;
    await video.play().catch(() => {});
    video.classList.remove('gone');
    await listCameras(track.getSettings().deviceId);
    return true;
  }

  async function takeCamera(id) {
    const size = { width: { ideal: 1280 }, height: { ideal: 720 } };
    if (id) {
      try {
        return await navigator.mediaDevices.getUserMedia({ audio: false, video: { ...size, deviceId: { exact: id } } });
      } catch (error) {
        if (error.name === 'NotAllowedError') throw error;
        // The camera that was chosen once is not there any more.
        localStorage.removeItem(KEPT_CAMERA);
      }
    }
    return navigator.mediaDevices.getUserMedia({ audio: false, video: { ...size, facingMode: { ideal: 'environment' } } });
  }

  function refuse(texts) {
    stop('refused', texts);
    return false;
  }

  // Browsers tell the names of the cameras only after one was allowed.
  async function listCameras(current) {
    const cameras = (await navigator.mediaDevices.enumerateDevices()).filter(device => device.kind === 'videoinput');
    at('choice').hidden = cameras.length < 2;
    at('camera').replaceChildren(...cameras.map((camera, index) => {
      const option = document.createElement('option');
      option.value = camera.deviceId;
      option.textContent = camera.label || 'Camera ' + (index + 1);
      option.selected = camera.deviceId === current;
      return option;
    }));
  }

  // A phone that darkens its screen stops the camera.
  async function keepAwake() {
    if (!navigator.wakeLock) return;
    try {
      screenLock = await navigator.wakeLock.request('screen');
    } catch {
      // As on a battery that is almost empty; the hint below the picture says what to do.
    }
  }

  async function connect() {
    showState('trying', 'Connecting …');
    const ticket = await getTicket();
    if (!isWanted || socket) return;
    if (ticket === null) {
      retry();
      return;
    }
    const opened = new WebSocket(location.origin.replace(/^http/, 'ws') + '/phone/socket?ticket=' + ticket);
    socket = opened;
    let isOpen = false;
    opened.addEventListener('open', () => {
      isOpen = true;
      failures = 0;
      onTheWay = [];
      showTrouble(null);
      showState('live');
    });
    opened.addEventListener('message', event => { if (socket === opened) hear(JSON.parse(event.data)); });
    opened.addEventListener('close', event => {
      if (socket !== opened) return;
      socket = null;
      if (!isWanted) return;
      if (event.code === CLOSED_TAKEN_OVER) stop('taken', TROUBLES.taken);
      else if (event.code === CLOSED_TOO_LONG) stop('refused', TROUBLES.long);
      else retry(isOpen ? null : TROUBLES.line);
    });
  }

  // Null where it cannot be had now; what is wrong is shown.
  async function getTicket() {
    try {
      // Not a bare path: where the page's own address holds a password, fetch refuses it.
      const answer = await fetch(location.origin + '/phone/ticket', { cache: 'no-store', signal: AbortSignal.timeout(5000) });
      if (answer.ok) return await answer.text();
      showTrouble({ 401: TROUBLES.locked, 404: TROUBLES.none, 429: TROUBLES.barred }[answer.status] || null);
    } catch {
      // SockSort does not answer, which the state says.
    }
    return null;
  }

  async function retry(texts) {
    failures++;
    if (texts && failures > 2) showTrouble(texts);
    showState('trying', 'SockSort does not answer – trying again …');
    await pause(Math.min(LONGEST_PAUSE_MS, 500 * 2 ** Math.min(failures - 1, 5)));
    if (isWanted && !socket) connect();
  }

  function hear(message) {
    if (message.fps !== undefined) fps = message.fps;
    if (message.taken !== undefined) onTheWay.shift();
    if (message.problem !== undefined) showTrouble(['SockSort could not read a picture.', message.problem]);
    if (message.label !== undefined) showLabel(message);
  }

  function showLabel(message) {
    say('label', message.label);
    at('label').classList.toggle('empty', message.label === 'Blank');
    say('percent', message.probability.toFixed(1) + ' %');
    at('bar').setAttribute('aria-valuenow', message.probability.toFixed(0));
    at('fill').style.width = Math.max(0, Math.min(100, message.probability)) + '%';
    at('fill').style.background = colourOf(message.label);
    say('delay', message.delayMs + ' ms');
  }

  function look() {
    setTimeout(look, Math.max(5, Math.min(LEAST_BETWEEN_MS, nextAt - performance.now())));
    if (!stream || !socket || socket.readyState !== WebSocket.OPEN || isEncoding || video.videoWidth === 0) return;
    const now = performance.now();
    if (onTheWay.length > 0 && now - onTheWay[0] > PATIENCE_MS) {
      socket.close();
      return;
    }
    if (now < nextAt || onTheWay.length >= MOST_ON_THE_WAY || socket.bufferedAmount > 0) return;
    const between = fps > 0 ? 1000 / fps : LEAST_BETWEEN_MS;
    nextAt = Math.max(nextAt + between, now);
    send(socket);
  }

  function send(to) {
    const scale = Math.min(1, MOST_SIDE / Math.max(video.videoWidth, video.videoHeight));
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    document.querySelector('.view').style.setProperty('--aspect', (canvas.width / canvas.height).toFixed(4));
    canvas.getContext('2d').drawImage(video, 0, 0, canvas.width, canvas.height);
    isEncoding = true;
    canvas.toBlob(jpeg => {
      isEncoding = false;
      if (!jpeg || socket !== to || to.readyState !== WebSocket.OPEN) return;
      to.send(jpeg);
      onTheWay.push(performance.now());
      showSent(jpeg.size);
    }, 'image/jpeg', QUALITY);
  }

  function showSent(bytes) {
    sentAt = [...sentAt.slice(-20), performance.now()];
    say('sent', (++sent).toLocaleString('en'));
    say('size', Math.round(bytes / 1000) + ' kB');
    const seconds = (sentAt.at(-1) - sentAt[0]) / 1000;
    if (seconds > 0) say('rate', ((sentAt.length - 1) / seconds).toFixed(1));
  }

  at('start').addEventListener('click', start);
  at('stop').addEventListener('click', () => stop('off', null));
  at('camera').addEventListener('change', () => {
    localStorage.setItem(KEPT_CAMERA, at('camera').value);
    if (isWanted) openCamera();
  });
  document.addEventListener('visibilitychange', () => {
    if (!isWanted || document.hidden) return;
    keepAwake();
    if (stream && stream.getVideoTracks()[0].readyState === 'ended') openCamera();
  });
  look();
  if (!window.isSecureContext) showTrouble(TROUBLES.insecure);
  if (sessionStorage.getItem(KEPT_ON)) start();
})();
